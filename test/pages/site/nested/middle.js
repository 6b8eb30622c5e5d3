const frame = document.createElement('iframe');
frame.src = `//widget.localhost:${location.port}/nested/inner.html`;
document.body.append(frame);
