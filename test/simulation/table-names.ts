/** The tables as the functions are told of them. */
export const tableNames = { MEMBERS_TABLE: 'members', CONFIG_TABLE: 'config' };
