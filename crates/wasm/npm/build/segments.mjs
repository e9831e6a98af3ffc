// Where a module's data stand in its file.

/** The data of a module: at which address of its memory it goes, and where in the file it stands. */
export function segments(bytes) {
  const DATA_SECTION = 11;
  const [ACTIVE, I32_CONST, END] = [0, 0x41, 0x0b];
  const read = { at: 8 };
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[read.at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (read.at < bytes.length) {
    const section = bytes[read.at++];
    const size = number();
    if (section !== DATA_SECTION) {
      read.at += size;
      continue;
    }
    return Array.from({ length: number() }, () => {
      const known = bytes[read.at++] === ACTIVE && bytes[read.at++] === I32_CONST;
      const address = known ? number() : 0;
      if (!known || bytes[read.at++] !== END) throw new Error("the module's data have a form that is not known here");
      const length = number();
      const start = read.at;
      read.at += length;
      return { address, start, end: read.at };
    });
  }
  return [];
}
