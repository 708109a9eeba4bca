/** The parent of our own exceptions. */
@NullMarked
package io.github.consentbridge.mapping.failure;

import org.jspecify.annotations.NullMarked;
