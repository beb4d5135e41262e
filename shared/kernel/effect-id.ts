/** The how-manieth change of stage an effect tells of, by its id: `<journey>#<sequence>#…`. */
export const sequenceIn = (id: string): number => Number(id.split('#')[1]);
