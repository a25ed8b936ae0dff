const ko = { title: "상황판" };
const en: typeof ko = { title: "Now" };
export const words = { ko, en };
