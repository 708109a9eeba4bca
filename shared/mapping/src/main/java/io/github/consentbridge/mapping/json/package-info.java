/** Reading JSON documents with every error reported at once, each with its JSON pointer. */
@NullMarked
package io.github.consentbridge.mapping.json;

import org.jspecify.annotations.NullMarked;
