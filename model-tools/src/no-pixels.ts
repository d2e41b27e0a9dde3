/** Stands in for the library by which glTF-Transform reads pictures. */

const none = (): never => {
  throw new Error('pictures are not read here');
};

export const getPixels = none;
export const savePixels = none;
