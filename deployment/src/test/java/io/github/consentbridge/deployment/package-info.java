/** Checks that the stack's template and the code agree. */
@NullMarked
package io.github.consentbridge.deployment;

import org.jspecify.annotations.NullMarked;
