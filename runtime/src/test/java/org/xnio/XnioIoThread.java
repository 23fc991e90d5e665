package org.xnio;

/** By this name are the threads that poll for Undertow. */
public class XnioIoThread extends Thread {}
