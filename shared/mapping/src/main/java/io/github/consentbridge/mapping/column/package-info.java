/** Contact columns: their types, and the codecs between Didomi values and column values. */
@NullMarked
package io.github.consentbridge.mapping.column;

import org.jspecify.annotations.NullMarked;
