package org.carillon.platform;

/** Prints the platform of a process that was started with other options than the test's. */
final class DescribeMain {
    private DescribeMain() {}

    public static void main(String[] args) {
        System.out.println(Platform.current().describe());
    }
}
