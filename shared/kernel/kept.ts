/** What is made of a language (and a zone), each made once: formats are slow to make, and few. */
export const kept = <Format>(make: (key: string, zone: string) => Format) => {
  const formats = new Map<string, Format>();
  return (key: string, zone = ''): Format => {
    const name = `${key} ${zone}`;
    const format = formats.get(name) ?? make(key, zone);
    formats.set(name, format);
    return format;
  };
};
