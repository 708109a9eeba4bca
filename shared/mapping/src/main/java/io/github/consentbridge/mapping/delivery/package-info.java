/** Reads webhook bodies: which choices they tell, and what they merely show. */
@NullMarked
package io.github.consentbridge.mapping.delivery;

import org.jspecify.annotations.NullMarked;
