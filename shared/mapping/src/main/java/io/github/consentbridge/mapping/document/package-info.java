/** The integration document, the paths that name Didomi values, and the codecs that turn them into contact columns. */
@NullMarked
package io.github.consentbridge.mapping.document;

import org.jspecify.annotations.NullMarked;
