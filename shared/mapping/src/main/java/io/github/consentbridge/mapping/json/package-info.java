/** Reads JSON documents and reports all errors at once, each with its JSON pointer. */
@NullMarked
package io.github.consentbridge.mapping.json;

import org.jspecify.annotations.NullMarked;
