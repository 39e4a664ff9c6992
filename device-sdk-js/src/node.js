/** The SDK for Node, with the store on a file. */
export * from './index.js';
export { FileStore } from './file-store.js';
