using ChatOps.Host.Http;
using ChatOps.Identity;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatOps.Host.Api;

/// <summary><c>POST /api/uploads</c>: takes a file that a tool is to use, for whoever may use a tool that takes one.</summary>
internal sealed class UploadsApi(IToolCatalogue tools, IAuthorizer authorizer, IUploads uploads, ICallCount calls, IIdGenerator ids)
{
    private const string Name = "upload_file";

    /// <summary>Takes the body as it is.</summary>
    public async Task<IResult> PostAsync(HttpContext context)
    {
        // Before anything is refused: the server reads the rest of what was not taken away only up to this, and else breaks the line under the answer.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = uploads.MaxBytes + 1;
        var caller = ApiCaller.Of(context);
        var request = new InvocationRequest(ids.NewId(), caller.Actor, Name, new Dictionary<string, string>(), caller.Source);
        if (await calls.RefusalAsync(request, context.RequestAborted) is { } over) return ToolsApi.Problem(over);
        var principal = caller.Principal;
        if (!tools.All.Any(t => t.Parameters.Any(p => p.IsUpload) && authorizer.CouldUse(principal, t.Name, t.Group)))
            return ApiProblem.Result(StatusCodes.Status403Forbidden, "not_allowed", "You may use no tool that takes a file.");
        if (context.Request.ContentLength > uploads.MaxBytes) return TooLarge();
        return await uploads.AddAsync(principal.Id, context.Request.Body, context.RequestAborted) is { } upload
            ? new JsonAnswer(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("id", upload.Id);
                writer.WriteNumber("bytes", upload.Bytes);
                writer.WriteEndObject();
            })
            : TooLarge();
    }

    private IResult TooLarge() =>
        ApiProblem.Result(StatusCodes.Status413PayloadTooLarge, "too_large", $"A file of at most {uploads.MaxBytes / 1024 / 1024} MiB is taken.");
}
