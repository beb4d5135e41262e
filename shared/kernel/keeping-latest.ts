/** A function that remembers what it last made of so many texts. For what is dear to make and is never changed. */
export const keepingLatest = <Made>(make: (text: string) => Made, most: number): ((text: string) => Made) => {
  const kept = new Map<string, Made>();
  return (text) => {
    const made = kept.get(text) ?? make(text);
    kept.delete(text);
    kept.set(text, made);
    for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest);
    return made;
  };
};
