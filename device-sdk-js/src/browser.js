/** The SDK for browsers, with the store in IndexedDB. */
export * from './index.js';
export { IndexedDbStore } from './indexeddb-store.js';
