/** Version of the product; a test holds it equal to package.json, which the running programs do not read. */
export const productVersion = '0.1.0';
