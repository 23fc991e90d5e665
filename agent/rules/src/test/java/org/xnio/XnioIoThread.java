package org.xnio;

/** A class with the name of Undertow's polling threads. */
public class XnioIoThread extends Thread {}
