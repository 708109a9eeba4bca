/** The integration document, the paths that name Didomi values, and the values themselves. */
@NullMarked
package io.github.consentbridge.mapping.document;

import org.jspecify.annotations.NullMarked;
