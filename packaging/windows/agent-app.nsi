; The Windows installers, one script for both kinds:
;   makensis /DBUNDLE=…\dist\agent-app /DVERSION=0.1.0 /DOUT=… [/DPERMACHINE] agent-app.nsi
; Per user it needs no administrator; per machine it does. /S installs silently, /D=folder (last) puts
; the first installation elsewhere. An installation over an older one replaces it; people's data is never touched.

Unicode true
!ifndef BUNDLE | VERSION | OUT
  !error "BUNDLE, VERSION and OUT have to be given"
!endif
!define NAME "Followup Desk"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\FollowupDesk"
!define SCHEME "Software\Classes\followup"
!define APP "Software\Followup Desk"
; What an administrator's script reads: msiexec's own numbers for the same troubles.
!define IN_USE 1618
!define NOT_DONE 1603

Name "${NAME}"
OutFile "${OUT}"
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS all
BrandingText " "
ShowInstDetails nevershow
ShowUninstDetails nevershow
!ifdef PERMACHINE
  RequestExecutionLevel admin
  InstallDir "$PROGRAMFILES64\${NAME}"
!else
  RequestExecutionLevel user
  InstallDir "$LOCALAPPDATA\Programs\${NAME}"
!endif
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME} installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "The makers of ${NAME}"
VIAddVersionKey "LegalCopyright" "MIT"

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include x64.nsh
!ifdef ICON
  !define MUI_ICON "${ICON}"
  !define MUI_UNICON "${ICON}"
!endif
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\agent-app.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "French"
LangString inUse ${LANG_ENGLISH} "${NAME} is still open. Close it, then try again."
LangString inUse ${LANG_FRENCH} "${NAME} est encore ouvert. Fermez-le, puis réessayez."
!ifdef PERMACHINE
  LangString notManaged ${LANG_ENGLISH} "${NAME} is installed, but its settings for everybody could not be written."
  LangString notManaged ${LANG_FRENCH} "${NAME} est installé, mais ses réglages communs n’ont pas pu être écrits."
!endif
LangString linkName ${LANG_ENGLISH} "Followup"
LangString linkName ${LANG_FRENCH} "Relance"

; Signing, where the build machine has a certificate: /DSIGN=program, which signs the file it is given
!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!macro ForWhom
  ; 64-bit registry and folders; "all" or "current" decides what SHCTX and $SMPROGRAMS are.
  SetRegView 64
  !ifdef PERMACHINE
    SetShellVarContext all
  !else
    SetShellVarContext current
  !endif
!macroend

; Ask the running window to close: it keeps what is typed first. It takes a few seconds at most.
!macro AskToClose
  ${If} ${FileExists} "$INSTDIR\agent-app-console.exe"
    nsExec::Exec '"$INSTDIR\agent-app-console.exe" close'
    Pop $0
  ${EndIf}
  ; Another person's window cannot be asked: then the file is held.
  ${Do}
    ClearErrors
    ${IfNot} ${FileExists} "$INSTDIR\agent-app.exe"
      ${ExitDo}
    ${EndIf}
    FileOpen $0 "$INSTDIR\agent-app.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(inUse)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel ${IN_USE}
    Quit
  ${Loop}
!macroend

; Only what an installation of ours put there.
!macro RemoveFiles
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\agent-app.exe"
  Delete "$INSTDIR\agent-app-console.exe"
  Delete "$INSTDIR\uninstall.exe"
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    SetErrorLevel 1633
    Quit
  ${EndIf}
  !insertmacro ForWhom
  ; An upgrade goes where the older version is, whatever /D says: two would share one entry.
  ReadRegStr $0 SHCTX "${APP}" "Folder"
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${EndIf}
FunctionEnd

Section "-program"
  !insertmacro AskToClose
  !insertmacro RemoveFiles
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\agent-app.exe" "desktop"

  WriteRegStr SHCTX "${APP}" "Folder" "$INSTDIR"

  WriteRegStr SHCTX "${SCHEME}" "" "URL:$(linkName)"
  WriteRegStr SHCTX "${SCHEME}" "URL Protocol" ""
  WriteRegStr SHCTX "${SCHEME}\DefaultIcon" "" "$INSTDIR\agent-app.exe,0"
  WriteRegStr SHCTX "${SCHEME}\shell\open\command" "" '"$INSTDIR\agent-app.exe" open "%1"'

  WriteRegStr SHCTX "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\agent-app.exe,0"
  WriteRegStr SHCTX "${KEY}" "Publisher" "The makers of ${NAME}"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" "$0"

  !ifdef PERMACHINE
    ; The folder of the settings for everybody, with rights of its own; /SERVER= and /CLIENTID= go in.
    ; An option's first character is what ends a value: a blank, since an address holds slashes.
    ${GetParameters} $1
    ${GetOptions} " $1" " /SERVER=" $2
    ${GetOptions} " $1" " /CLIENTID=" $3
    nsExec::Exec '"$INSTDIR\agent-app-console.exe" manage "--server=$2" "--client-id=$3"'
    Pop $0
    ${If} $0 != 0
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(notManaged)" /SD IDOK
      SetErrorLevel ${NOT_DONE}
    ${EndIf}
  !endif
SectionEnd

Function un.onInit
  !insertmacro ForWhom
FunctionEnd

Section "Uninstall"
  !insertmacro AskToClose
  !insertmacro RemoveFiles
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  ; Another program may have taken over the links meanwhile.
  ReadRegStr $0 SHCTX "${SCHEME}\shell\open\command" ""
  ${If} $0 == '"$INSTDIR\agent-app.exe" open "%1"'
    DeleteRegKey SHCTX "${SCHEME}"
  ${EndIf}
  DeleteRegKey SHCTX "${KEY}"
  DeleteRegKey SHCTX "${APP}"
SectionEnd
