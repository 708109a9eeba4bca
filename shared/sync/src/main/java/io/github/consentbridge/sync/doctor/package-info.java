/** Checks everything that the bridge needs, and says what to do. */
@NullMarked
package io.github.consentbridge.sync.doctor;

import org.jspecify.annotations.NullMarked;
