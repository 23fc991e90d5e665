/** Corral in pods: what {@code docs/kubernetes.md} shows, in namespaces of the kernel. */
@NullMarked
package io.corral.integration.pods;

import org.jspecify.annotations.NullMarked;
