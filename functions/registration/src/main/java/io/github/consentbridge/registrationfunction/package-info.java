/** The registration as a custom resource of the stack. */
@NullMarked
package io.github.consentbridge.registrationfunction;

import org.jspecify.annotations.NullMarked;
