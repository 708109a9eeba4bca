/** The registration as a custom resource of the stack. */
@NullMarked
package io.github.consentbridge.functions.registration;

import org.jspecify.annotations.NullMarked;
