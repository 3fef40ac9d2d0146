using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using ChatOps.Identity;
using ChatOps.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatOps.Host.Http;

/// <summary>
/// Bearer tokens. The token's hash is looked up (never compared byte by byte), and the principal with the roles in force is read at every
/// request, so that a revoked token or a lost role ends at once.
/// </summary>
internal sealed class ApiTokenScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    IStore store,
    IPrincipals principals,
    OwnerKey ownerKey,
    FailedTokens failed,
    TimeProvider time) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Its name, and the name of the policy that demands it.</summary>
    public const string Name = "api-token";

    /// <summary>The header by which the owner acts as somebody else.</summary>
    public const string ActAsHeader = "X-ChatOps-As";

    private const string AdminRole = "admin";
    private const int MaxTokenLength = 200;
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);
    private string? refusal;
    private bool limited;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Features.Get<ApiCaller>() is { } known) return Success(known);
        if (Request.Headers.Authorization.Count == 0) return AuthenticateResult.NoResult();
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            || !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || header.Parameter is not { Length: > 0 and <= MaxTokenLength } token)
            return await RefuseAsync("The Authorization header must be: Bearer TOKEN.");

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        var now = time.GetUtcNow();
        var credential = await store.ReadAsync(s => s.Credentials.Find(hash, CredentialKind.ApiToken, now), Context.RequestAborted);
        if (credential is null) return await RefuseAsync("The token is not known: it was revoked, has expired, or belongs to another gateway.");
        if (principals.Find(credential.Principal) is not { } principal)
            return await RefuseAsync($"The token's person, {credential.Principal}, is not in access.yaml any more.");

        await TouchAsync(credential, now);
        var isOwner = hash == ownerKey.Hash;
        var caller = new ApiCaller(principal, new Actor(isOwner ? "cli" : "api", "", principal.Id, principal.DisplayName), null);
        if (Request.Headers.TryGetValue(ActAsHeader, out var name) && name.ToString() != principal.Id)
        {
            if (!isOwner || !principal.Roles.Contains(AdminRole)) return await RefuseAsync("Only the owner's own command line, with the role admin, may act as somebody else.");
            if (principals.Find(name.ToString()) is not { } other) return await RefuseAsync($"There is no '{name}' in access.yaml to act as.");
            caller = new ApiCaller(other, new Actor("cli", "", other.Id, other.DisplayName), principal.Id);
        }

        Context.Features.Set(caller);
        return Success(caller);
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (limited)
        {
            return ApiProblem.WriteAsync(Context, StatusCodes.Status429TooManyRequests, "too_many_attempts",
                "Too many requests with wrong tokens came from this address; wait a minute. A right token works meanwhile.", FailedTokens.Window);
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.WriteAsync(Context, StatusCodes.Status401Unauthorized, "not_signed_in",
            refusal ?? "Send the header Authorization: Bearer TOKEN. `chatops access token create NAME` makes a token.");
    }

    private AuthenticateResult Success(ApiCaller caller)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Principal.Id)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    private async Task<AuthenticateResult> RefuseAsync(string reason)
    {
        refusal = reason;
        limited = !await failed.NoteAsync(Context.Connection.RemoteIpAddress?.ToString() ?? "unknown", reason, Context.RequestAborted);
        return AuthenticateResult.Fail(reason);
    }

    private async Task TouchAsync(Credential credential, DateTimeOffset now)
    {
        if (now - credential.LastUsedAt < TouchEvery) return;
        try
        {
            await store.WriteAsync(s =>
            {
                s.Credentials.Touch(credential.Hash, now);
                return true;
            }, Context.RequestAborted);
        }
        catch (StoreUnavailableException)
        {
            // "Last used" is a convenience; whether the caller's own request needs the store is decided there.
        }
    }
}
