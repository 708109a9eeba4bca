/** The functions in Lambda's real runtime, with stubs of the services that they call. */
@NullMarked
package io.github.consentbridge.runtimetests;

import org.jspecify.annotations.NullMarked;
