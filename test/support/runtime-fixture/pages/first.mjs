// The first script of the page writes down what it finds.
window.firstSeen = {
  desk: typeof window.desk,
  frozen: Object.isFrozen(window.desk) && Object.isFrozen(window.desk?.nested?.list),
  names: Object.getOwnPropertyNames(window),
};
