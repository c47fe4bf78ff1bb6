import { ApiFailure, toApiError } from "./api.ts";

/**
 * Sends a file as the body of a request and tells how much of it is there (0..1): `fetch` cannot. Throws `ApiFailure` and
 * nothing else.
 */
export function uploadFile<T>(path: string, file: File, onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.responseType = "json";
    request.setRequestHeader("x-rolodesk", "1");
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(request.response);
      else reject(new ApiFailure(request.status, toApiError(request.status, request.response)));
    });
    request.addEventListener("error", () => reject(cutOff()));
    request.addEventListener("abort", () => reject(cutOff()));
    request.send(file);
  });
}

function cutOff(): ApiFailure {
  return new ApiFailure(0, {
    code: "internal",
    message: "The file could not be sent. Check your connection, and that the file has at most 100 MB.",
  });
}
