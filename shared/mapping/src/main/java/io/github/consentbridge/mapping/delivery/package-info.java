/** Reads webhook bodies: which values are choices and which are observations. */
@NullMarked
package io.github.consentbridge.mapping.delivery;

import org.jspecify.annotations.NullMarked;
