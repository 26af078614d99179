"""What a database holds, as one HTML file that opens offline; the charts need matplotlib (`redtop[report]`)."""
