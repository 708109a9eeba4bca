@NullMarked
package io.github.consentbridge.simulators.dataverse;

import org.jspecify.annotations.NullMarked;
