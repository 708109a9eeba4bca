/** Each alarm of the template is made to ring, by the functions' own code. */
@NullMarked
package io.github.consentbridge.deployment.alarm;

import org.jspecify.annotations.NullMarked;
