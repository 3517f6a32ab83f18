"""What the pytest plugin does once it is used: options, servers, markers, real servers, reports."""
