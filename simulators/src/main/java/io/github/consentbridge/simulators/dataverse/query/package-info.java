/** OData query options of the simulated Web API. */
@NullMarked
package io.github.consentbridge.simulators.dataverse.query;

import org.jspecify.annotations.NullMarked;
