const ko = { title: "로그인", login: "아이디", password: "비밀번호", signIn: "로그인" };
const en: typeof ko = { title: "Sign in", login: "User name", password: "Password", signIn: "Sign in" };
export const words = { ko, en };
