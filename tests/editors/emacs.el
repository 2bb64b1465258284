;; Emacs's own client, eglot, with the settings of editors/README.md: says `ok` for each thing that works.
(require 'package)
(package-initialize)
(require 'eglot)
(define-derived-mode ron-mode prog-mode "RON")
(add-to-list 'auto-mode-alist '("\\.ron\\'" . ron-mode))
(add-to-list 'eglot-server-programs `(ron-mode . (,(getenv "DEMARCHE") "lsp")))
(setq eglot-sync-connect t eglot-autoshutdown t eglot-confirm-server-initiated-edits nil make-backup-files nil)

;; It asks before it changes a file that is not open.
(fset 'y-or-n-p (lambda (&rest _) t))

(defun wait-for (what holds)
  (with-timeout (15 (message "missing %s" what) (kill-emacs 1))
    (while (not (funcall holds)) (accept-process-output nil 0.05)))
  (message "ok %s" what))

(find-file (expand-file-name "graph.ron" (getenv "FOLDER")))
(call-interactively #'eglot)
(wait-for "diagnostics"
          (lambda ()
            (flymake-start)
            (seq-some (lambda (found) (string-match-p "chna" (flymake-diagnostic-text found))) (flymake-diagnostics))))

(defun behind (words)
  (goto-char (point-min))
  (search-forward words))

;; Completion, by a name that is not the id.
(behind "stances: [")
(insert "\n        (actor: \"United")
(wait-for "completion"
          (lambda ()
            (let ((found (eglot-completion-at-point)))
              (member "us" (mapcar #'substring-no-properties (all-completions "" (nth 2 found)))))))
(delete-region (line-beginning-position) (1+ (line-end-position)))

;; Rename, in both files.
;; What was typed is sent when Emacs has been idle for a moment; here it never is.
(eglot--signal-textDocument/didChange)
(behind "(actor: \"u")
(eglot-rename "usa")
(wait-for "rename" (lambda () (string-match-p "(actor: \"usa\"" (buffer-string))))
(wait-for "rename elsewhere"
          (lambda ()
            (with-current-buffer (find-file-noselect (expand-file-name "people.ron" (getenv "FOLDER")))
              (string-match-p "\"usa\": (" (buffer-string)))))

;; Formatting.
(behind "(actor: \"usa\",")
(insert "     ")
(eglot--signal-textDocument/didChange)
(eglot-format-buffer)
(wait-for "formatting" (lambda () (string-match-p "(actor: \"usa\", issue" (buffer-string))))
