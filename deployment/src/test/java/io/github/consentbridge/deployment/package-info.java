/** What the stack's template promises to the code, and the code to the template. */
@NullMarked
package io.github.consentbridge.deployment;

import org.jspecify.annotations.NullMarked;
