package io.corral.integration.views;

/** Uses no MBean server. */
final class NoMBeanServerProgram {

    private NoMBeanServerProgram() {}

    public static void main(String[] arguments) {
        System.out.println("ran=true");
    }
}
