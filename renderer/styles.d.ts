/** What the build makes of style sheets: a module's class names, and sheets that are only loaded. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
declare module '*.css';
