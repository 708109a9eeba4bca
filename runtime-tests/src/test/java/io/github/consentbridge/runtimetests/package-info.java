/** The functions in Lambda's real runtime, beside stand-ins for the services that they call. */
@NullMarked
package io.github.consentbridge.runtimetests;

import org.jspecify.annotations.NullMarked;
