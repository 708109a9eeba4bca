/** The service protection limits of the simulated environment. */
@NullMarked
package io.github.consentbridge.simulators.dataverse.limits;

import org.jspecify.annotations.NullMarked;
