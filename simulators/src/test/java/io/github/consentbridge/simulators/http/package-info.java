@NullMarked
package io.github.consentbridge.simulators.http;

import org.jspecify.annotations.NullMarked;
