/** The config lies in shared: files reads it where no tensor library is. */
export * from '../../../shared/encoder/encoder-config.ts';
