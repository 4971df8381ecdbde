window.parent.postMessage(typeof window.desk, '*');
