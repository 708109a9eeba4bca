/** A person's consent on both sides: choices, observations, and the states they were read from. */
@NullMarked
package io.github.consentbridge.mapping.consent;

import org.jspecify.annotations.NullMarked;
