// A case's name as people say it: 7k4-921, 7K4921 and "7K4 921" are one.

export const spoken = (name: string): string => name.replace(/[\s-]/g, '').toUpperCase();
