/** Service endpoints, processing steps and images of the simulated environment. */
@NullMarked
package io.github.consentbridge.simulators.dataverse.registration;

import org.jspecify.annotations.NullMarked;
