/** What both sides say of a person's consent: choices, observations and the states they were read from. */
@NullMarked
package io.github.consentbridge.mapping.consent;

import org.jspecify.annotations.NullMarked;
